/* The table of link-layer header types. */
#include "base/linktype.h"

#include "base/text_pool.h"

static const struct texts {
#define LINKTYPE(number, dlt, id, name_, text_) \
    char TEXT_LINE(name)[sizeof(name_)], TEXT_LINE(text)[sizeof(text_)];
#include "base/linktype_rows.def"
#undef LINKTYPE
} texts = {
#define LINKTYPE(number, dlt, id, name, text) name, text,
#include "base/linktype_rows.def"
#undef LINKTYPE
};

static const struct linktype_info rows[] = {
#define AT(kind)                                offsetof(struct texts, TEXT_LINE(kind))
#define LINKTYPE(number, dlt, id, name_, text_) { number, dlt, AT(name), AT(text) },
#include "base/linktype_rows.def"
#undef LINKTYPE
};

const char *linktype_name(const struct linktype_info *info)
{
    return (const char *)&texts + info->name_at;
}

const char *linktype_text(const struct linktype_info *info)
{
    return (const char *)&texts + info->text_at;
}

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
        if (str_equal_nocase(str_of(linktype_name(&rows[i])), name))
            return &rows[i];
    /* the second name of the I2C row in libpcap */
    if (str_equal_nocase(name, (struct str)STR("I2C_LINUX")))
        return linktype_info(LINKTYPE_IPMB_LINUX);
    return NULL;
}

const struct linktype_info *linktype_row(size_t i)
{
    return i < countof(rows) ? &rows[i] : NULL;
}

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
