"""Pictures without a browser: the chart of holdings and the map, as PNG, SVG or an animated GIF, for papers.

    scene      what is drawn: days, lanes, colours, who holds what on a day
    canvas     matplotlib, an extra (``frontledger[plots]``): figures, fonts, texts
    axis       days on an axis, in any year
    chart      the chart of holdings
    maps       the map of one day
    labels     names beside points, where there is room
    moving     the map through the campaign
    composing  the pictures, put together and written

What does not belong here: who held what (``ledger``).
"""
