# Developers' commands; `just` alone lists them.  The environment is the one that `make test` builds.

bin := ".venv/bin"

default:
    @just --list

# everything CI runs, without the demo
check:
    make check
    make test

# tests, with arguments for pytest: just test -k listing
test *args:
    {{bin}}/python -m pytest {{args}}

# accuracy on the gold; `just score --list` names every miss, `--update` raises the floors
score *args:
    {{bin}}/python benchmarks/score.py {{args}}

# control events at random beside their sentences, to be read by eye
sample *args:
    {{bin}}/python benchmarks/sample.py {{args}}

# speed: warm engine against plain tokenisation, cold start and memory
bench *args:
    {{bin}}/python benchmarks/speed.py {{args}}

# places of real accounts against coordinates made by hand; `just places --list` names every miss
places *args:
    {{bin}}/python benchmarks/placing.py {{args}}

# names across romanisations, from the gazetteer's own alternates
toponyms *args:
    {{bin}}/python benchmarks/toponyms.py {{args}}

# regenerate what is generated in the docs: command help, README example
docs:
    {{bin}}/python scripts/generate_docs.py

# regenerate the Hungarian table of forms from a dictionary (the script says where it comes from)
forms dictionary:
    {{bin}}/python scripts/generate_hu_forms.py {{dictionary}}
    {{bin}}/python scripts/generate_en_forms.py

# build the page of the report anew; check its types and run its own tests
web:
    {{bin}}/python hatch_build.py --force
    {{bin}}/python hatch_build.py run check
    {{bin}}/python hatch_build.py run test

# renew uv.lock
lock:
    uv lock
