"""Pictures that page and report share: drawn once as SVG, shown by the page as it is, put into Word as PNG.

Plain SVG and no chart library: a map of boxes is no plot, and what draws it twice would draw it differently.
"""

from api.charts.chain_map import draw_map
from api.charts.priorities import draw_priorities
from api.charts.raster import has_chinese_font, to_png

__all__ = ["draw_map", "draw_priorities", "has_chinese_font", "to_png"]
