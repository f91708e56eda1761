"""Other people's Q&A documents to question files of our format.

    text ──encoding──▶ lines ──a shape──▶ drafts ──levels, numbers, sections──▶ files, and a report

`shapes/` has one file for each way to write questions down; all else is the same for all of them.
Every line carries its number in the document from the first step to the last, so that at the end each
one is either in a file or named in the report.
"""
