"""Every picture: data as a Vega-Lite dictionary, and from it SVG or PNG without a network.

Reach for this to draw what an answer holds. It knows columns, colors and words, and no law.
"""
