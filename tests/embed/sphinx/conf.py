project = "A manual"
html_theme = "furo"
html_js_files = [
    ("https://playground.example/embed.js", {"async": "async", "data-view": "problems"}),
]
