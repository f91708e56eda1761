"""The site without a connection: installed in the browser, or as files to open from a folder."""
