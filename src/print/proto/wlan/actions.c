/* The names of action frames.  IEEE 802.11-2016, clause 9.6. */
#include "print/printer.h"
#include "print/proto/wlan/wlan.h"

static const char *const block_ack[] = { "ADDBA Request", "ADDBA Response", "DELBA" };

static const char *const ht[] = { "TxChWidth", "MIMOPwrSave" };

static const char *const mesh[] = {
    "MeshLink",
    "HWMP",
    "Gate Announcement",
    "Congestion Control",
    "MCCA Setup Request",
    "MCCA Setup Reply",
    "MCCA Advertisement Request",
    "MCCA Advertisement",
    "MCCA Teardown",
    "TBTT Adjustment Request",
    "TBTT Adjustment Response",
};

static const char *const multihop[] = { "Proxy Update", "Proxy Update Confirmation" };

static const char *const self_protected[] = { NULL,
                                              "Peering Open",
                                              "Peering Confirm",
                                              "Peering Close",
                                              "Group Key Inform",
                                              "Group Key Acknowledge" };

/* The spelling of names is the reference's. */
static const struct category {
    u8 number;
    const char *name;
    const char *const *actions;
    u32 count;
} categories[] = {
    { 0, "Spectrum Management", NULL, 0 },
    { 1, "QoS", NULL, 0 },
    { 2, "DLS", NULL, 0 },
    { 3, "BA", block_ack, countof(block_ack) },
    { 7, "HT", ht, countof(ht) },
    { 13, "MeshAction", mesh, countof(mesh) },
    { 14, "MultiohopAction", multihop, countof(multihop) },
    { 15, "SelfprotectAction", self_protected, countof(self_protected) },
    { 127, "Vendor", NULL, 0 },
};

static const struct category *find(u8 number)
{
    for (size_t i = 0; i < countof(categories); i++)
        if (categories[i].number == number)
            return &categories[i];
    return NULL;
}

void wlan_action(struct dissect *d, u8 category, u8 action)
{
    const struct category *c = find(category);

    if (c == NULL)
        say(d, "Reserved(%u) ", category);
    else
        say(d, "%s ", c->name);
    say_z(d, name_in(d, c != NULL ? c->actions : NULL, c != NULL ? c->count : 0, action, "Act#%u"));
}
