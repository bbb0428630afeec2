"""The engine of Tinh Gọn: a register of dated events, dated law, plans and traced figures."""

__version__ = "0.1.0"
