"""What takes long: `make soak` runs all of it, the tests a small seeded share of each.

``load`` mixed requests and the memory of the server; ``kills`` a recording server that is killed;
``power`` one whose machine loses its power; ``drawn`` requests drawn at random; ``mutants`` single
changes of the code and of the register, and whether a test sees them.
"""
