import ArgumentParser
import Configuration
import Crypto
import CryptoExtras
import GRDB
import Hummingbird
print("x")
