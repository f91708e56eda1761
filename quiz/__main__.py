"""`python -m quiz` is `ecsquiz`."""

from quiz.cli.app import main

if __name__ == "__main__":
    main()
