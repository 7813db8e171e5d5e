"""What Python modules define, by CPython's own ast and symtable: the referee of src/usage/sources/.

Reads a JSON list of texts (or of paths, with an argument), and writes for each what `outline` gives, or null where
CPython refuses the text.
"""
import ast
import json
import symtable
import sys

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def statements(block):
    for node in block:
        yield node
        if isinstance(node, DEFINITIONS):
            continue
        for field in ("body", "orelse", "finalbody"):
            yield from statements(getattr(node, field, []))
        for inner in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
            yield from statements(inner.body)


def dotted(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return left and f"{left}.{node.attr}"
    return None


def base(node):
    return dotted(node.value if isinstance(node, ast.Subscript) else node)


def bare(name, table):
    """A private name without the class that CPython puts before it."""
    owner = f"_{table.get_name().lstrip('_')}"
    return name[len(owner) :] if table.get_type() == "class" and name.startswith(f"{owner}__") else name


def globals_in(table):
    found = set()
    for child in table.get_children():
        found |= {s.get_name() for s in child.get_symbols() if s.is_declared_global()}
        found |= globals_in(child)
    return found


def scope(body, table):
    classes = [n for n in statements(body) if isinstance(n, ast.ClassDef)]
    tables = {(t.get_name(), t.get_lineno()): t for t in table.get_children() if t.get_type() == "class"}
    return {
        "functions": sorted([n.name, n.lineno] for n in statements(body) if isinstance(n, DEFINITIONS[:2])),
        "classes": [
            [n.name, n.lineno, [base(b) for b in n.bases], scope(n.body, tables[n.name, n.lineno])] for n in classes
        ],
        "names": sorted(
            {
                bare(s.get_name(), table)
                for s in table.get_symbols()
                if (s.is_assigned() or s.is_imported() or s.is_namespace()) and s.get_name()[0] != "."
                and not s.get_name().startswith("__classdict")
            }
        ),
        "imports": sorted(
            [a.asname or (a.name if isinstance(n, ast.ImportFrom) else a.name.split(".")[0]), getattr(n, "module", None) or "", getattr(n, "level", 0)]
            for n in statements(body)
            if isinstance(n, (ast.Import, ast.ImportFrom))
            for a in n.names
        ),
    }


def outline(text):
    try:
        text = text.encode()
        tree = ast.parse(text)
        table = symtable.symtable(text, "x.py", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found = scope(tree.body, table)
    found["names"] = sorted(set(found["names"]) | globals_in(table))
    return found


texts = json.load(sys.stdin)
if len(sys.argv) > 1:
    texts = [open(path, encoding="utf-8", newline="").read() for path in texts]
json.dump([outline(text) for text in texts], sys.stdout)
