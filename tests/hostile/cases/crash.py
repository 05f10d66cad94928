# Reads at address zero.
# ends: errored: ended by SIGSEGV
import ctypes

ctypes.string_at(0)
