"""The open interface: the register, its events, crosswalks, figures and look-up for other systems."""
