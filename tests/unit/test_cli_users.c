/* Users and groups as the C library finds them, for everybody in /etc/passwd. */
#include "unit.h"

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>

#include "cli/users.h"

static int ascending(const void *a, const void *b)
{
    u32 x = *(const u32 *)a, y = *(const u32 *)b;
    return (x > y) - (x < y);
}

static u32 sorted(u32 *groups, u32 n)
{
    u32 kept = 0;

    qsort(groups, n, sizeof *groups, ascending);
    for (u32 i = 0; i < n; i++)
        if (kept == 0 || groups[kept - 1] != groups[i])
            groups[kept++] = groups[i];
    return kept;
}

static void everybody(void **state)
{
    const struct passwd *who;
    u32 users = 0;

    (void)state;
    setpwent();
    for (; (who = getpwent()) != NULL; users++) {
        struct user found;
        u32 ours[USER_GROUPS_MAX], theirs[USER_GROUPS_MAX];
        gid_t groups[USER_GROUPS_MAX];
        int n = USER_GROUPS_MAX;

        assert_true(user_find(who->pw_name, &found));
        assert_int_equal(found.uid, who->pw_uid);
        assert_int_equal(found.gid, who->pw_gid);
        assert_true(getgrouplist(who->pw_name, who->pw_gid, groups, &n) >= 0);
        for (int i = 0; i < n; i++)
            theirs[i] = groups[i];
        u32 count = sorted(ours, user_groups(who->pw_name, &found, ours));
        assert_int_equal(count, sorted(theirs, (u32)n));
        assert_memory_equal(ours, theirs, count * sizeof *ours);
    }
    endpwent();
    assert_true(users > 0);
}

static void nobody_of_that_name(void **state)
{
    struct user found;

    (void)state;
    assert_false(user_find("", &found));
    assert_false(user_find("roo", &found));
    assert_false(user_find("root:x", &found));
    assert_false(user_find("no-such-user", &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody),
        cmocka_unit_test(nobody_of_that_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
