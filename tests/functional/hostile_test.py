#!/usr/bin/env python3
"""Bad input on every address as every role, requests that two programs could read differently, and clients that are slow on
purpose; meanwhile honest buyers are served, and afterwards nothing was changed. On a server of its own: absurd values of the right form,
which are refused or work.

    tests/functional/hostile_test.py [ONSALE ONSALE_CROWD]      or ONSALE_BIN and ONSALE_CROWD in the environment

The last line counts the tests.
"""

import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True

import extreme_cases  # noqa: E402
import hostile_cases  # noqa: E402
import slow_cases  # noqa: E402
import smuggling_cases  # noqa: E402
from hostile_world import World  # noqa: E402


def main():
    programs = sys.argv[1:3] if len(sys.argv) >= 3 else [os.environ["ONSALE_BIN"], os.environ["ONSALE_CROWD"]]
    world = World(*programs)
    extreme_cases.Extreme.programs = programs
    hostile_cases.Hostile.world = world
    slow_cases.Slow.world = world
    smuggling_cases.Smuggling.site = world.site
    smuggling_cases.Smuggling.errors = world.errors
    loader = unittest.defaultTestLoader
    suite = unittest.TestSuite(loader.loadTestsFromModule(module) for module in
                               (smuggling_cases, hostile_cases, slow_cases, extreme_cases))
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    stopped = world.site.stop()
    audit = subprocess.run([programs[0], "audit", "--data", world.site.data], capture_output=True, text=True, check=False)
    trouble = stopped != 0 or audit.returncode != 0
    if trouble:
        print(f"the server stopped with code {stopped}, the audit with {audit.returncode}:\n{audit.stdout}{audit.stderr}\n"
              f"kept: {world.site.folder}")
    elif result.wasSuccessful():
        world.site.remove()
    failed = len(result.failures) + len(result.errors) + trouble
    print(f"{result.testsRun + 1 - min(failed, result.testsRun + 1)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
