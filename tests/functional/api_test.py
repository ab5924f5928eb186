#!/usr/bin/env python3
"""The HTTP contract, route by route, with good and bad input, against a server of its own; then its books are audited.

    tests/functional/api_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment

The last line counts the tests.
"""

import os
import sys
import unittest

sys.dont_write_bytecode = True

import buyer_cases  # noqa: E402
import case  # noqa: E402
import catalogue_cases  # noqa: E402
import site_cases  # noqa: E402


def main():
    programs = sys.argv[1:] if len(sys.argv) == 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
    loader = unittest.defaultTestLoader
    suite = unittest.TestSuite(loader.loadTestsFromModule(module) for module in (buyer_cases, site_cases, catalogue_cases))
    case.start(*programs)
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    trouble = case.stop()
    if trouble:
        print(trouble)
    failed = len(result.failures) + len(result.errors) + bool(trouble)
    print(f"{result.testsRun + 1 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
