/* The table of link-layer header types. */
#include "base/linktype.h"

static const struct linktype_info rows[] = {
#define LINKTYPE(number, dlt, id, name, text) { number, dlt, name, text },
#include "base/linktype_rows.def"
#undef LINKTYPE
};

const struct linktype_info *linktype_info(u32 number)
{
    for (size_t i = 0; i < countof(rows); i++)
        if (rows[i].number == number)
            return &rows[i];
    return NULL;
}

const struct linktype_info *linktype_by_name(struct str name)
{
    static const struct str prefix = STR("DLT_");

    if (name.len > prefix.len && str_equal_nocase(str_make(name.p, prefix.len), prefix))
        name = str_from(name, prefix.len);
    for (size_t i = 0; i < countof(rows); i++)
        if (str_equal_nocase(str_of(rows[i].name), name))
            return &rows[i];
    /* the second name of the I2C row in libpcap */
    if (str_equal_nocase(name, (struct str)STR("I2C_LINUX")))
        return linktype_info(LINKTYPE_IPMB_LINUX);
    return NULL;
}

const struct linktype_info *linktype_row(size_t i) { return i < countof(rows) ? &rows[i] : NULL; }

const struct linktype_info *linktype_by_dlt(u32 dlt)
{
    for (size_t i = 0; i < countof(rows); i++)
        if (rows[i].dlt == dlt)
            return &rows[i];
    return NULL;
}

u32 linktype_from_file(u32 number)
{
    if (linktype_info(number) != NULL)
        return number;
    const struct linktype_info *other = linktype_by_dlt(number);
    return other != NULL ? other->number : number;
}
