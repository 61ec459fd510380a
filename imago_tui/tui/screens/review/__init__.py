"""Looking back: the screens of `imago-tui journal`. Each gives a `Step` that says where to go."""
