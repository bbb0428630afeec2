"""`python -m tinhgon` is the `tinhgon` command."""

from tinhgon.cli import main

main(prog_name="tinhgon")
