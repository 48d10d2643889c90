/* What to say beside "syntax error": likely slips, and the languages people mix this one up with. */
#include "parser/display.h"
#include "parser/parse.h"

enum { TRANSLATION_MAX = 400 };

/* Whether a translation is a filter; names are not looked up. */
static bool is_filter(struct parser *p, struct str text)
{
    struct arena_mark mark = arena_mark(p->arena);
    struct diag ignored = { .text = NULL };
    struct parsed parsed;
    bool fine = text.len > 0 && parse_filter(&parsed, text, p->arena, &ignored);

    arena_rewind(p->arena, mark);
    return fine;
}

/* Where the word begins that ends at `end`. */
static u32 word_start(struct str text, u32 end)
{
    while (end > 0 && (is_alpha(text.p[end - 1]) || is_digit(text.p[end - 1]) || text.p[end - 1] == '.' ||
                       text.p[end - 1] == '_'))
        end--;
    return end;
}

/* A display filter: the whole text as one, or the condition that begins at `at`. */
bool parse_hint_display(struct parser *p, u32 at)
{
    struct str text = p->lexer.text;
    struct str rest = str_from(text, at), word = str_make(rest.p, 0);
    char buffer[TRANSLATION_MAX];
    struct out o = out_fixed(buffer, sizeof buffer);

    if (p->diag->text == NULL) /* nobody reads it */
        return false;
    while (word.len < rest.len && (is_alpha(rest.p[word.len]) || is_digit(rest.p[word.len]) ||
                                   rest.p[word.len] == '.' || rest.p[word.len] == '_'))
        word.len++;
    bool fine = display_translate(text, &o) && !out_cut(&o) && is_filter(p, out_text(&o));
    if (!fine) {
        o = out_fixed(buffer, sizeof buffer);
        fine = display_condition(rest, &o) && !out_cut(&o) && is_filter(p, out_text(&o));
    }
    struct str made = out_text(&o);
    if (fine)
        diag_hint(p->diag, "did you mean \"%pS\"?", (const void *)&made);
    else if (display_is_field(word))
        diag_hint(p->diag, "this looks like a display filter; capture filters have no fields with dots");
    else
        return false;
    p->diag->at = (struct span){ at, at + (u32)word.len };
    return true;
}

/* A sign where a condition has none: `port == 80`, `tcp = 80`. */
static void sign(struct parser *p)
{
    struct str text = p->lexer.text;
    u32 at = word_start(text, p->end);
    struct str word = str_make(text.p + at, p->end - at);
    struct token t = lex_whole(word);

    if (parse_proto(t.word) != Q_ANY)
        diag_hint(p->diag, "only numbers are compared, such as \"%pS[0]\" or \"len\"", (const void *)&word);
    else if (t.kind == TOKEN_WORD)
        diag_hint(p->diag, "no sign stands here: \"port 80\", \"host 10.0.0.1\"");
}

void parse_hint(struct parser *p)
{
    const struct token *t = &p->token;
    const char *nearest;

    /* The field may have been taken for a name, so that the failure is at the sign behind it. */
    u32 at = parse_at_relation(p) ? word_start(p->lexer.text, p->end) : t->at.beg;
    if (t->kind != TOKEN_END && t->kind != TOKEN_RPAREN && t->kind != TOKEN_WORD && parse_hint_display(p, at))
        return;
    switch (t->kind) {
    case TOKEN_END:
        if (t->at.beg > 0)
            diag_hint(p->diag, "the expression ends too early");
        break;
    case TOKEN_NAME:
        nearest = lex_nearest(t->text);
        if (nearest != NULL)
            diag_hint(p->diag, "did you mean \"%s\"?", nearest);
        else if (t->text.len <= 60)
            diag_hint(p->diag, "no keyword; a host is written \"host %pS\"", (const void *)&t->text);
        break;
    case TOKEN_IP4:
    case TOKEN_IP6: diag_hint(p->diag, "did you mean \"host %pS\"?", (const void *)&t->text); break;
    case TOKEN_MAC: diag_hint(p->diag, "did you mean \"ether host %pS\"?", (const void *)&t->text); break;
    case TOKEN_NUMBER:
        if (t->text.len <= 10)
            diag_hint(p->diag, "a number needs a word such as \"port %pS\"", (const void *)&t->text);
        break;
    case TOKEN_WORD:
        if (p->last.known && parse_proto(t->word) != Q_ANY)
            diag_hint(p->diag, "to use a keyword as a name, write \"\\%pS\"", (const void *)&t->text);
        else if (t->at.beg > 0)
            diag_hint(p->diag, "is \"and\" or \"or\" missing before it?");
        break;
    case TOKEN_RPAREN:
        if (p->depth == 0)
            diag_hint(p->diag, "no bracket is open here");
        break;
    case TOKEN_AMP:
    case TOKEN_BAR:
        diag_hint(p->diag, "between conditions, write \"%s\"", t->kind == TOKEN_AMP ? "and" : "or");
        break;
    case TOKEN_AND:
    case TOKEN_OR: diag_hint(p->diag, "a condition is missing before it"); break;
    default:
        if (parse_at_relation(p))
            sign(p);
        break;
    }
}
