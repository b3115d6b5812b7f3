"""The report: one page of charts and tables over a store, readable offline.

`facts` and `evidence` ask the store, `page` writes the page, `web` holds what runs in it, `vendor` the libraries and shapes that it carries.
"""
