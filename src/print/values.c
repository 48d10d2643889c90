/* Tables of names and of flags. */
#include "print/values.h"

#include "base/format.h"
#include "base/mem.h"

enum { FALLBACK_MAX = 128, FLAGS_MAX = 512 };

/* `fallback` with the value in it, in scratch memory. */
static const char *unnamed(struct dissect *d, const char *fallback, u32 value)
{
    char text[FALLBACK_MAX];
    struct out o = out_fixed(text, sizeof text - 1);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    out_format(&o, fallback, value);
#pragma GCC diagnostic pop
    size_t n = out_text(&o).len;
    text[n] = '\0';
    return memcpy(scratch_take(d, (u32)n + 1), text, n + 1);
}

const char *name_of(struct dissect *d, const struct names *table, u32 value, const char *fallback)
{
    const char *text = name_find(table, value);
    return text != NULL ? text : unnamed(d, fallback, value);
}

const char *name_in(struct dissect *d, const char *const *texts, u32 n, u32 value,
                    const char *fallback)
{
    const char *text = value < n ? texts[value] : NULL;
    return text != NULL ? text : unnamed(d, fallback, value);
}

const char *flags_of(struct dissect *d, const struct names *table, u32 value, const char *separator,
                     const char *fallback)
{
    char text[FLAGS_MAX];
    struct out o = out_fixed(text, sizeof text - 1);

    for (u32 row = 0; row < table->rows; row++) {
        if ((value & names_value(table, row)) == 0)
            continue;
        if (out_text(&o).len > 0)
            out_text_z(&o, separator);
        out_text_z(&o, names_text(table, row));
    }
    size_t n = out_text(&o).len;
    if (n == 0)
        return unnamed(d, fallback, value);
    text[n] = '\0';
    return memcpy(scratch_take(d, (u32)n + 1), text, n + 1);
}
