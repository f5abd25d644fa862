/* Asks addresses until each answers 200: errand-health [--patience SECONDS] HOST:PORT/PATH…
 *
 * The image has no shell; this is what its HEALTHCHECK and the test of a release call. Ends with 0 when all have
 * answered, with 1 and a line about the first that has not, with 2 when it is called wrongly. */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* Whether one request is answered with 200 within three seconds. */
static int answers(const char *host, const char *port, const char *path) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    if (getaddrinfo(host, port, &hints, &found) != 0) return 0;
    int good = 0;
    for (struct addrinfo *one = found; one != NULL && !good; one = one->ai_next) {
        int connection = socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol);
        if (connection < 0) continue;
        struct timeval limit = {.tv_sec = 3};
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        char text[1024];
        int length = snprintf(text, sizeof text, "GET /%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, host);
        if (length > 0 && (size_t)length < sizeof text && connect(connection, one->ai_addr, one->ai_addrlen) == 0
            && send(connection, text, (size_t)length, MSG_NOSIGNAL) == length) {
            size_t have = 0;
            ssize_t more;
            while (have < 12 && (more = recv(connection, text + have, 12 - have, 0)) > 0) have += (size_t)more;
            good = have == 12 && memcmp(text, "HTTP/1.", 7) == 0 && memcmp(text + 8, " 200", 4) == 0;
        }
        close(connection);
    }
    freeaddrinfo(found);
    return good;
}

int main(int count, char **arguments) {
    long patience = 0;
    int first = 1;
    if (count > 2 && strcmp(arguments[1], "--patience") == 0) {
        patience = strtol(arguments[2], NULL, 10);
        first = 3;
    }
    if (first >= count) {
        fputs("usage: errand-health [--patience SECONDS] HOST:PORT/PATH...\n", stderr);
        return 2;
    }
    time_t end = time(NULL) + patience;
    for (int at = first; at < count; at++) {
        char host[256], port[6], path[512] = "";
        if (sscanf(arguments[at], "%255[^:]:%5[0-9]/%511s", host, port, path) < 2) {
            fprintf(stderr, "errand-health: %s is not HOST:PORT/PATH\n", arguments[at]);
            return 2;
        }
        while (!answers(host, port, path)) {
            if (time(NULL) >= end) {
                fprintf(stderr, "errand-health: %s does not answer 200\n", arguments[at]);
                return 1;
            }
            sleep(1);
        }
    }
    return 0;
}
