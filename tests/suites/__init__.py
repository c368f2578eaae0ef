# SPDX-License-Identifier: GPL-3.0-or-later
"""The suites of tests/run.py."""
