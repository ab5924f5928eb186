"""Reads a C++ file well enough to measure it: no compiler, so it is fast and works on code that does not build.

blank() removes what is not code; functions() walks over the braces that are left and tells namespaces, types, functions,
lambdas, control blocks and initialisers apart by the words before each brace.
"""

import re
from dataclasses import dataclass, field

# Numbers come before characters, so that the quote in 20'000 does not open one.
_NOT_CODE = re.compile(
    r"""(?P<comment>//[^\n]*(?:(?<=\\)\n[^\n]*)*|/\*.*?\*/)"""
    r"""|(?P<raw>R"(?P<tag>[^(\s"]*)\(.*?\)(?P=tag)")"""
    r"""|(?P<number>(?<!\w)\.?\d(?:'?[\w.]|(?<=[eEpP])[+-])*)"""
    r"""|(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')""",
    re.DOTALL)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)', re.MULTILINE)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
_NOT_NEWLINE = re.compile(r"[^\n]")

_STEP = re.compile(r"[{}();]")
_ACCESS = re.compile(r"(?:(?:public|private|protected)\s*:(?!:)\s*)+")
_LABEL = re.compile(r"(?:(?:case\b(?:[^:?]|::)+|default\s*):(?!:)\s*)+")
_CONTROL = re.compile(r"(?:else\b\s*)?(?:if|for|while|switch)\b|(?:else|do)\b")
_HANDLER = re.compile(r"(?:try|catch)\b")
_TYPE = re.compile(r"(?:(?:typedef|static|inline|constexpr|friend)\s+)*(?:class|struct|union|enum)\b")
_NAMESPACE = re.compile(r"(?:inline\s+)?namespace\b|extern\s*(?:\"[^\"]*\"|\s)*$")
_LAMBDA_END = re.compile(
    r"\](?:\s*<[^{}]*>)?\s*(?:\((?P<p>[^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*)\))?"
    r"\s*(?:mutable|constexpr|consteval|noexcept(?:\s*\([^()]*\))?|static|\s)*(?:->[^;{}]*)?$")
_ATTRIBUTE = re.compile(r"\[\[[^\[\]]*\]\]")
_MACRO = re.compile(r"[A-Z][A-Z0-9_]*\s*(?=\()")
_REQUIRES_END = re.compile(r"(?:^|\brequires|=|&&|\|\|)\s*requires\s*(?:\((?:[^(){}]|\([^(){}]*\))*\))?\s*$")
_BODY_END = re.compile(r"(?:\)|\b(?:const|noexcept|override|final|mutable|try)|&&?|\])\s*$|\)[^=]*->[^;{}=]+$|\)\s*requires\b.*$",
                       re.DOTALL)
_OPERATOR = re.compile(r"\boperator\s*(?:\(\s*\)|\[\s*\]|[^\s\w(]+)")
_NAMED_CALL = re.compile(r"([\w~]+|>)\s*\(")


def blank(text, keep_directives=False):
    """Replaces comments, texts and (unless kept) preprocessor lines by spaces; every place keeps its offset."""

    def replace(match):
        if match.lastgroup == "number" or match.group("number") is not None:
            return match.group().replace("'", "_")
        if match.group("comment") is None:
            return '"' + _NOT_NEWLINE.sub(" ", match.group()[1:-1]) + '"'
        return _NOT_NEWLINE.sub(" ", match.group())

    code = _NOT_CODE.sub(replace, text)
    if keep_directives:
        return code
    return _DIRECTIVE.sub(lambda m: _NOT_NEWLINE.sub(" ", m.group()), code)


def includes(text):
    """(line, name, quoted) of every include that is not commented out."""
    found = []
    for match in _INCLUDE.finditer(text):
        name = match.group(1) or match.group(2)
        found.append((text.count("\n", 0, match.start()) + 1, name, match.group(1) is not None))
    return found


@dataclass
class Function:
    line: int  # of the signature
    name: str
    lines: int = 0
    parameters: int = 0
    deep: list = field(default_factory=list)  # (line, levels) of blocks nested too deep for anybody's taste


@dataclass
class _Scope:
    kind: str  # namespace, type, function, lambda, control, block, init
    statement: int  # where the statement that opened it starts
    parens: int
    levels: int  # control blocks around, since the function or lambda began
    function: object = None


def _matching(text, start, opening, closing):
    """The place behind the bracket that closes the one at start; the end of the text if nothing does."""
    depth = 0
    for place in range(start, len(text)):
        if text[place] == opening:
            depth += 1
        elif text[place] == closing and text[place - 1] != "-":
            depth -= 1
            if depth == 0:
                return place + 1
    return len(text)


def _skip_prefixes(head):
    """How many characters of the head are access labels, template lists, attributes and macros that stand alone."""
    place = 0
    while True:
        rest = head[place:]
        stripped = rest.lstrip()
        place += len(rest) - len(stripped)
        access = _ACCESS.match(stripped)
        macro = _MACRO.match(stripped)
        if access:
            place += access.end()
        elif stripped.startswith("template"):
            after = stripped[len("template"):].lstrip()
            if not after.startswith("<"):
                return place
            opening = stripped.index("<")
            place += _matching(stripped, opening, "<", ">")
        elif stripped.startswith("[["):
            place += _matching(stripped, 0, "[", "]")
        elif macro:
            end = _matching(stripped, macro.end(), "(", ")")
            if not re.match(r"\s*(?:[A-Za-z_~\[]|::)", stripped[end:]) or re.match(
                    r"\s*(?:const|noexcept|override|final)\b", stripped[end:]):
                return place
            place += end
        else:
            return place


def _without_brackets(text):
    """The text with everything inside (), <> and [] taken out, so that only the outermost level is left."""
    previous = None
    text = text.replace("->", "  ").replace("<=>", " ").replace("<<", " ").replace(">=", " ").replace("<=", " ")
    while previous != text:
        previous = text
        text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text)
    previous = None
    while previous != text:
        previous = text
        text = re.sub(r"<[^<>]*>", " ", text)
    return text


def parameters_of(head):
    """How many parameters the function declared by this head has; 0 for what is not a function."""
    call = _NAMED_CALL.search(_OPERATOR.sub("operator_x", head))
    if not call:
        return 0
    head = _OPERATOR.sub("operator_x", head)
    opening = call.end() - 1
    if "=" in _without_brackets(head[:opening]) or call.group(1) in ("static_assert", "decltype", "alignas", "requires"):
        return 0
    inside = head[opening + 1:_matching(head, opening, "(", ")") - 1]
    if not inside.strip() or inside.strip() == "void":
        return 0
    inside = re.sub(r"\{[^{}]*\}", " ", inside)
    return _without_brackets(inside).count(",") + 1


def lambda_start(head):
    """Where the lambda begins whose body follows this head; -1 if none does."""
    head = _ATTRIBUTE.sub(lambda m: " " * len(m.group()), head)
    end = _LAMBDA_END.search(head)
    opening = head.rfind("[", 0, end.start() + 1) if end else -1
    before = head[:max(opening, 0)].rstrip()
    is_subscript = re.search(r"[\w)\]>]$", before) and not before.endswith("return")
    return -1 if is_subscript else opening


class _Walk:
    """One pass over the braces of one file."""

    def __init__(self, code, levels_max):
        self.code = code
        self.levels_max = levels_max
        self.functions = []
        self.declarations = []  # (line, head) of functions declared without a body
        self.stack = [_Scope("namespace", 0, 0, 0)]
        self.statement = 0
        self.parens = 0

    def line_of(self, place):
        return self.code.count("\n", 0, place) + 1

    def run(self):
        for match in _STEP.finditer(self.code):
            place, char = match.start(), match.group()
            if char == "(":
                self.parens += 1
            elif char == ")":
                self.parens -= 1
            elif char == ";":
                self.end_statement(place)
            elif char == "{":
                self.open(place)
            else:
                self.close(place)
        return self

    def end_statement(self, place):
        scope = self.stack[-1]
        if self.parens > scope.parens:
            return  # between the parts of a for
        if scope.kind in ("namespace", "type"):
            head = self.code[self.statement:place]
            if "(" in head:
                skipped = _skip_prefixes(head)
                self.declarations.append((self.statement + skipped, head[skipped:]))
        self.statement = place + 1

    def open(self, place):
        scope = self.stack[-1]
        head = self.code[self.statement:place]
        outside = scope.kind in ("namespace", "type")
        skipped = _skip_prefixes(head) if outside else len(head) - len(head.lstrip())
        kind = self.kind_outside(head[skipped:]) if outside else self.kind_inside(head[skipped:], scope)
        levels = 0 if kind in ("function", "lambda", "type") else scope.levels + (kind == "control")
        function = scope.function
        if kind == "function" or (kind == "lambda" and function is None):
            if kind == "lambda":
                skipped = lambda_start(head)
            name = "lambda" if kind == "lambda" else _name_of(head[skipped:])
            start = self.statement + skipped
            function = Function(self.line_of(start), name, 0, parameters_of(head[skipped:]))
            self.functions.append(function)
        if kind == "control" and levels > self.levels_max and function is not None:
            function.deep.append((self.line_of(place), levels))
        self.stack.append(_Scope(kind, self.statement, self.parens, levels, function))
        self.statement = place + 1

    def kind_outside(self, head):
        if _NAMESPACE.match(head):
            return "namespace"
        if _TYPE.match(head) and not re.search(r"\w\s*\([^()]*\)\s*(?:const|noexcept)?\s*$", head):
            return "type"
        if _REQUIRES_END.search(head):
            return "init"
        if lambda_start(head) >= 0:
            return "lambda"
        plain = _OPERATOR.sub("operator_x", head)
        if "(" not in plain or "=" in _without_brackets(plain):
            return "init"
        colon = re.search(r"\)\s*(?:noexcept\s*(?:\([^()]*\))?\s*)?:(?!:)", plain)
        if colon and not re.search(r"[)}]\s*$", plain[colon.end():]):
            return "init"  # a member's initialiser: Type() : member_{…}
        return "function" if colon or _BODY_END.search(_ATTRIBUTE.sub(" ", plain)) else "init"

    def kind_inside(self, head, scope):
        label = _LABEL.match(head)
        if label:
            head = head[label.end():]
        if self.parens == scope.parens:
            if _CONTROL.match(head):
                return "control" if lambda_start(head) < 0 else "lambda"
            if _HANDLER.match(head) or not head.strip():
                return "block"
            if _TYPE.match(head) and "(" not in head:
                return "type"
        return "lambda" if lambda_start(head) >= 0 else "init"

    def close(self, place):
        if len(self.stack) == 1:
            return  # more braces closed than opened: the compiler will say so
        scope = self.stack.pop()
        self.parens = scope.parens
        if scope.function is not None and self.stack[-1].function is not scope.function:
            scope.function.lines = self.line_of(place) - scope.function.line + 1
        self.statement = scope.statement if scope.kind in ("init", "lambda") else place + 1


def _name_of(head):
    call = _NAMED_CALL.search(_OPERATOR.sub("operator_x", head))
    return call.group(1).replace("operator_x", "operator") if call else "function"


def walk(code, levels_max):
    """The functions with bodies and the declarations without one of a blanked file."""
    return _Walk(code, levels_max).run()


_AWAIT = re.compile(r"\bco_await\b")
_AWAIT_STEP = re.compile(r"[(){};,\[\]]")


def braced_awaits(code):
    """Places of co_await whose operand holds a brace: a braced temporary or the body of a lambda."""
    found = []
    for match in _AWAIT.finditer(code):
        depth = 0
        for step in _AWAIT_STEP.finditer(code, match.end()):
            char = step.group()
            if char == "{":
                found.append(match.start())
                break
            if char in "([":
                depth += 1
            elif char in ")]":
                depth -= 1
            if depth < 0 or (depth == 0 and char in ";,}"):
                break
    return found
