def run(t):
    pass
