"""Finding faces and writing, with the real models, on pictures that are drawn here."""
