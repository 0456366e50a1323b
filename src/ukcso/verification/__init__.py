"""Whether a stamped table still comes out the same."""

from ukcso.verification._verify import Verification, verify

__all__ = ["Verification", "verify"]
