# SPDX-License-Identifier: Apache-2.0
"""The parts of tools/make_cases.py: accounts, wording, clients, mails and scenes of made fraud cases."""
