"""frontledger: who held which place, when, and on whose word."""

__version__ = "0.1.0"
