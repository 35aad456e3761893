"""One module for each kind of content: `load(folder, report)` reads it, safely repeated, and tells the report."""
