"""The engine of Tinh Gọn: a register of dated events, dated law, plans and traced figures."""
