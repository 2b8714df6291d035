"""Everything that imports Qt: the window, its pages, its forms and the pieces they are made of."""
