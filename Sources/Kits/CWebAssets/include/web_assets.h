#ifndef ERRAND_WEB_ASSETS_H
#define ERRAND_WEB_ASSETS_H

#include <stddef.h>

/// A file under web/, compiled into the binary.
typedef struct {
    /// Path below web/.
    const char *path;
    const unsigned char *bytes;
    size_t size;
} errand_web_asset;

extern const errand_web_asset errand_web_assets[];

/// The first of the assets: Swift does not import arrays of unknown length.
const errand_web_asset *errand_first_web_asset(void);
extern const size_t errand_web_asset_count;

#endif
