"""What the portal writes."""

from __future__ import annotations

from tinhgon_web.portal.services.editors import follow_rights
from tinhgon_web.portal.services.publishing import keep_numbers, keep_references

__all__ = ["follow_rights", "keep_numbers", "keep_references"]
