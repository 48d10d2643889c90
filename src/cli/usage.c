/* Help texts, made from the table of options. */
#include "cli/usage.h"

#include "base/format.h"
#include "cli/options.h"

enum { LINE = 78, INDENT = 8, COLUMN = 36 };

void usage_version(struct out *o)
{
    out_text_z(o, "snifter version " SNIFTER_VERSION "\n");
}

/* Options that do nothing are accepted and not advertised. */
static bool shown(const struct option_help *h)
{
    return h->text != NULL;
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
    if (h->value != NULL)
        out_format(&item, " %s", h->value);
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
    struct option_help h;

    usage_version(o);
    u64 begin = out_tell(o);
    out_format(o, "Usage: %s [-", program);
    for (size_t i = 0; option_help(i, &h); i++)
        if (h.letter != '\0' && h.value == NULL && shown(&h))
            out_char(o, h.letter);
    out_char(o, ']');
    u32 column = (u32)(out_tell(o) - begin);
    for (size_t i = 0; option_help(i, &h); i++)
        if ((h.letter == '\0' || h.value != NULL) && shown(&h))
            put_valued(o, &h, &column);
    out_text_z(o, " [ expression ]\n");
}

void usage_long(struct out *o, const char *program)
{
    struct option_help h;

    usage_short(o, program);
    out_char(o, '\n');
    for (size_t i = 0; option_help(i, &h); i++) {
        if (!shown(&h))
            continue;
        u64 begin = out_tell(o);
        out_text_z(o, "  ");
        if (h.letter != '\0')
            out_format(o, "-%c", h.letter);
        else
            out_text_z(o, "  ");
        if (h.name != NULL)
            out_format(o, "%s --%s", h.letter != '\0' ? "," : " ", h.name);
        if (h.value != NULL)
            out_format(o, " %s", h.value);
        u64 used = out_tell(o) - begin;
        out_repeat(o, ' ', used + 2 <= COLUMN ? (size_t)(COLUMN - used) : 2);
        out_text_z(o, h.text);
        out_char(o, '\n');
    }
}
