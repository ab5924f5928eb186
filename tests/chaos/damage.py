"""Damages one file of a data folder at a random place, as a failing disk does, and says how.

    damage.py FILE SEED

From the seed follow the kind (a flipped bit, mostly; a page of zeros; a cut tail) and the place.
"""

import os
import random
import sys

PAGE = 4096


def flip(file, size, source):
    at = source.randrange(size)
    bit = source.randrange(8)
    file.seek(at)
    byte = file.read(1)[0]
    file.seek(at)
    file.write(bytes([byte ^ (1 << bit)]))
    return f"bit {bit} of byte {at} flipped"


def blank(file, size, source):
    page = source.randrange((size + PAGE - 1) // PAGE)
    file.seek(page * PAGE)
    file.write(bytes(min(PAGE, size - page * PAGE)))
    return f"page {page} of zeros"


def cut(file, size, source):
    left = source.randrange(size)
    file.truncate(left)
    return f"cut to {left} of {size} bytes"


def main():
    path, seed = sys.argv[1], sys.argv[2]
    source = random.Random(f"{seed}/{os.path.basename(path)}")
    size = os.path.getsize(path)
    how = source.choice([flip, flip, flip, blank, cut])
    with open(path, "r+b") as file:
        print(how(file, size, source))


if __name__ == "__main__":
    main()
