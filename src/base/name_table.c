/* Searching a packed table of texts. */
#include "base/name_table.h"

#include "base/check.h"
#include "base/mem.h"

const struct names no_names = { 0, 1 };

static const u8 *values_of(const struct names *table) { return (const u8 *)(table + 1); }

u32 names_value(const struct names *table, u32 row)
{
    const u8 *at = values_of(table) + (size_t)row * table->width;
    u16 two;
    u32 four;

    check(row < table->rows);
    switch (table->width) {
    case 1: return *at;
    case 2: memcpy(&two, at, sizeof two); return two;
    default: memcpy(&four, at, sizeof four); return four;
    }
}

const char *names_text(const struct names *table, u32 row)
{
    const char *text = (const char *)values_of(table) + (size_t)table->rows * table->width;

    check(row < table->rows);
    for (; row > 0; row--)
        text += strlen(text) + 1;
    return text;
}

const char *name_find(const struct names *table, u32 value)
{
    for (u32 row = 0; row < table->rows; row++)
        if (names_value(table, row) == value)
            return names_text(table, row);
    return NULL;
}
