"""Icons as paths on a 20 x 20 grid, drawn in the colour of the text beside them."""

from __future__ import annotations

PATHS = {
    "overview": "M3 3h6v8H3zM11 3h6v4h-6zM11 9h6v8h-6zM3 13h6v4H3z",
    "review": "M3 17h14M5 13v-3M9 13V5M13 13V8M17 13v-6",
    "tree": "M10 3v4M4 13v-3h12v3M10 7v3M2 13h4v4H2zM8 13h4v4H8zM14 13h4v4h-4zM8 1h4v3H8z",
    "document": "M5 2h7l4 4v12H5zM12 2v4h4M8 10h5M8 13h5",
    "journal": "M4 4h1M8 4h9M4 10h1M8 10h9M4 16h1M8 16h9",
    "map": "M7 4 2 6v11l5-2 6 2 5-2V4l-5 2zM7 4v11M13 6v11",
    "table": "M2 4h16v12H2zM2 8h16M2 12h16M8 4v12",
    "chart": "M7 2h6v4H7zM2 14h5v4H2zM13 14h5v4h-5zM10 6v4M4.500 14v-4h11v4",
    "compare": "M8 3H3v14h5M12 3h5v14h-5M10 1v18",
    "filter": "M2 4h16l-6 7v5l-4 2v-7z",
    "columns": "M3 3h4v14H3zM8.500 3h4v14h-4zM14 3h3v14h-3z",
    "more": "M4 10h.01M10 10h.01M16 10h.01",
    "write": "M3 17h14M5 13 14 4l2.500 2.500L7.500 15.500 4 16z",
    "plus": "M10 4v12M4 10h12",
    "play": "M6 4v12l10-6z",
    "print": "M5 7V2h10v5M5 14H2V7h16v7h-3M5 12h10v6H5z",
    "search": "M9 3a6 6 0 1 0 0 12A6 6 0 0 0 9 3zM13.5 13.5 18 18",
    "back": "M12 4 6 10l6 6",
    "next": "m8 4 6 6-6 6",
    "close": "M4 4l12 12M16 4 4 16",
    "link": "M8 12l4-4M9 5l1.500-1.500a3.500 3.500 0 0 1 5 5L14 10M11 15l-1.500 1.500a3.500 3.500 0 0 1-5-5L6 10",
    "download": "M10 3v9M6 9l4 4 4-4M3 17h14",
    "agrees": "M4 10.500 8 14.500 16 5.500",
    "differs": "M4 7h12M4 13h12M13 3 7 17",
    "mark": "M10 2 1.500 17h17zM10 8v4M10 14.500v.5",
    "clock": "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM10 5v5l3.500 2",
    "person": "M10 3a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM3 17c1-4 4-5 7-5s6 1 7 5",
    "people": "M7 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM1 17c1-4 3-5 6-5s5 1 6 5M13 5a3 3 0 0 1 0 5M15 12c2 1 3 3 4 5",
    "closed": "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM6 10h8",
    "light": "M10 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM10 1v2M10 17v2M1 10h2M17 10h2"
    "M3.600 3.600 5 5M15 15l1.400 1.400M16.400 3.600 15 5M5 15l-1.400 1.400",
    "dark": "M16 12A7 7 0 0 1 8 4a7 7 0 1 0 8 8z",
    "auto": "M10 2a8 8 0 1 0 0 16zM10 2a8 8 0 0 1 0 16",
}
