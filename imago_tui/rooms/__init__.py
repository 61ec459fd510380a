"""What one person does in their own room, or two with their journal: which page comes next.

Values without a screen, a clock or a disk, like `evening`. Each room is a `Way`: a list of things
that can be done, and for each the pages that lead to it. `need` says what comes:

    way = own.begin(name)
    while way.need != "over":
        match way.need:
            case "page":    # show it, take what was pressed or typed
                way = way.take(ask(way.page()))
                # or, when they leave: way.stop()
            case "pick":    # let something be chosen from a list
                way = way.picked(chosen)
            case "sheet":   # a sheet to write on
                way = way.picked(text)
            case "do":      # do `way.errand` with `way.given`, then one of
                way = way.done(lines)
                way = way.not_done(trouble.message, trouble.hint)

What a page says stands in `words/en/rooms.toml`; it may hold names, so show it through `inert`.
"""
