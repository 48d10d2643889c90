/* Lines of /etc/passwd, name:password:uid:gid:..., and of /etc/group,
 * name:password:gid:member,member. */
#include "cli/users.h"

#include <stdlib.h>

#include "names/system_files.h"

/* Cuts a field off a line and reads it as a number. */
static bool cut_number(struct str *line, u32 *number)
{
    u64 value;

    if (!str_to_u64(str_cut(line, ':'), UINT32_MAX - 1, &value))
        return false;
    *number = (u32)value;
    return true;
}

/* Cuts the next line off the text; false at its end. */
static bool cut_line(struct str *text, struct str *line)
{
    *line = str_cut(text, '\n');
    return line->len > 0 || text->len > 0;
}

bool user_find(const char *name, struct user *user)
{
    struct str text = STR_EMPTY, line;
    char *owned = NULL;
    bool found = false;

    if (!etc_read_file("/etc/passwd", &text, &owned))
        return false;
    while (!found && cut_line(&text, &line)) {
        bool same = str_equal(str_cut(&line, ':'), str_of(name));
        str_cut(&line, ':'); /* the password */
        found = same && cut_number(&line, &user->uid) && cut_number(&line, &user->gid);
    }
    free(owned);
    return found;
}

static bool is_member(struct str members, struct str name)
{
    while (members.len > 0)
        if (str_equal(str_cut(&members, ','), name))
            return true;
    return false;
}

u32 user_groups(const char *name, const struct user *user, u32 groups[USER_GROUPS_MAX])
{
    struct str text = STR_EMPTY, line;
    char *owned = NULL;
    u32 n = 0, gid;

    groups[n++] = user->gid;
    if (!etc_read_file("/etc/group", &text, &owned))
        return n;
    while (n < USER_GROUPS_MAX && cut_line(&text, &line)) {
        str_cut(&line, ':'); /* the group's name */
        str_cut(&line, ':');
        if (cut_number(&line, &gid) && gid != user->gid && is_member(line, str_of(name)))
            groups[n++] = gid;
    }
    free(owned);
    return n;
}
