/* Words that are names in one place of the language only. */
#include "parser/names.h"

struct name {
    const char *text;
    u8 list;
    u16 value;
};

static const struct name names[] = {
#define NAME(list, text, value) { text, NAMES_##list, value },
#include "parser/names.def"
#undef NAME
};

bool name_value(enum name_list list, struct str name, u32 *value)
{
    for (size_t i = 0; i < countof(names); i++) {
        if (names[i].list == list && str_equal(name, str_of(names[i].text))) {
            *value = names[i].value;
            return true;
        }
    }
    return false;
}

const char *name_of_value(enum name_list list, u32 value)
{
    for (size_t i = 0; i < countof(names); i++)
        if (names[i].list == list && names[i].value == value)
            return names[i].text;
    return NULL;
}

const char *name_at(enum name_list list, size_t i)
{
    for (size_t at = 0; at < countof(names); at++)
        if (names[at].list == list && i-- == 0)
            return names[at].text;
    return NULL;
}
