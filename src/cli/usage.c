/* Help texts, made from the table of options. */
#include "cli/usage.h"

#include <string.h>

#include "base/format.h"
#include "cli/options.h"

enum { LINE = 78, INDENT = 8, COLUMN = 36 };

void usage_version(struct out *o)
{
    out_text_z(o, "snifter version " SNIFTER_VERSION "\n");
}

static bool is_heading(const struct option_help *h)
{
    return h->letter == '\0' && h->name == NULL;
}

/* Options that do nothing are accepted and not advertised. */
static bool shown(const struct option_help *h)
{
    return h->text != NULL && !is_heading(h);
}

/* Where an option's letter stands in the order of the alphabet, small before capital, signs last. */
static int rank(char letter)
{
    bool capital = letter >= 'A' && letter <= 'Z', small = letter >= 'a' && letter <= 'z';

    if (!capital && !small)
        return 2 * ('z' + 1);
    return capital ? 2 * (letter - 'A' + 'a') + 1 : 2 * letter;
}

/* Whether a comes before b in the usage: by letter, and then those that only have a name. */
static bool before(const struct option_help *a, const struct option_help *b)
{
    if (a->letter != '\0' && b->letter != '\0')
        return rank(a->letter) < rank(b->letter);
    if (a->letter == '\0' && b->letter == '\0')
        return strcmp(a->name, b->name) < 0;
    return a->letter != '\0';
}

/* Steps through the options in the order of the usage: to the first when `at` is empty. */
static bool next_shown(struct option_help *at)
{
    struct option_help h, best;
    bool found = false, first = is_heading(at);

    for (size_t i = 0; option_help(i, &h); i++) {
        if (shown(&h) && (first || before(at, &h)) && (!found || before(&h, &best))) {
            best = h;
            found = true;
        }
    }
    if (found)
        *at = best;
    return found;
}

/* " name", or "[=name]". */
static void put_value(struct out *o, const struct option_help *h)
{
    if (h->value != NULL)
        out_format(o, "%s%s", h->value[0] == '[' ? "" : " ", h->value);
}

/* "[ -i name ]" or "[ --netmask mask ]", on a new line when it does not fit. */
static void put_valued(struct out *o, const struct option_help *h, u32 *column)
{
    char buffer[128];
    struct out item = out_fixed(buffer, sizeof buffer);

    if (h->letter != '\0')
        out_format(&item, " [ -%c", h->letter);
    else
        out_format(&item, " [ --%s", h->name);
    put_value(&item, h);
    out_text_z(&item, " ]");
    struct str text = out_text(&item);
    if (*column + text.len > LINE) {
        out_char(o, '\n');
        out_repeat(o, ' ', INDENT);
        *column = INDENT;
    }
    out_str(o, text);
    *column += (u32)text.len;
}

void usage_short(struct out *o, const char *program)
{
    struct option_help h = { 0 };

    usage_version(o);
    u64 begin = out_tell(o);
    out_format(o, "Usage: %s [-", program);
    while (next_shown(&h))
        if (h.letter != '\0' && h.value == NULL)
            out_char(o, h.letter);
    out_char(o, ']');
    u32 column = (u32)(out_tell(o) - begin);
    h = (struct option_help){ 0 };
    while (next_shown(&h))
        if (h.letter == '\0' || h.value != NULL)
            put_valued(o, &h, &column);
    out_text_z(o, " [ expression ]\n");
}

/* A line of the long help. */
static void put_line(struct out *o, const struct option_help *h)
{
    u64 begin = out_tell(o);

    out_text_z(o, "  ");
    if (h->letter != '\0')
        out_format(o, "-%c", h->letter);
    else
        out_text_z(o, "  ");
    if (h->name != NULL)
        out_format(o, "%s --%s", h->letter != '\0' ? "," : " ", h->name);
    put_value(o, h);
    u64 used = out_tell(o) - begin;
    out_repeat(o, ' ', used + 2 <= COLUMN ? (size_t)(COLUMN - used) : 2);
    out_text_z(o, h->text);
    out_char(o, '\n');
}

void usage_long(struct out *o, const char *program)
{
    struct option_help h;

    usage_short(o, program);
    for (size_t i = 0; option_help(i, &h); i++) {
        if (shown(&h))
            put_line(o, &h);
        else if (is_heading(&h))
            out_format(o, "\n%s\n", h.text);
    }
}
