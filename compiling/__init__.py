"""Compile the engine with mypyc: ``rewriting`` makes the sources fit for it, ``building`` calls it.

No part of the package: what is here runs when the package is built, and only where somebody asks for it.
"""
