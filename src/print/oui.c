/* The vendors that tcpdump 4.99.3 names, found by asking it about each number below 02:00:00. */
#include "print/oui.h"

static const struct {
    u32 oui;
    const char *text;
} vendors[] = {
    { 0x000000, "Ethernet" },
    { 0x00000c, "Cisco" },
    { 0x00005e, "IANA" },
    { 0x000081, "Nortel Networks SONMP" },
    { 0x0000f8, "Cisco bridged" },
    { 0x00049f, "Freescale" },
    { 0x0004ea, "HP-Labs" },
    { 0x001018, "Broadcom" },
    { 0x00120f, "IEEE 802.3 Private" },
    { 0x0012bb, "ANSI/TIA" },
    { 0x0015ad, "Netronome" },
    { 0x001b21, "DCBX" },
    { 0x002320, "Nicira Networks" },
    { 0x002481, "HP" },
    { 0x0080c2, "Ethernet bridged" },
    { 0x009069, "Juniper" },
    { 0x00a03e, "ATM Forum" },
    { 0x00e004, "PMC-Sierra" },
    { 0x00e02f, "DOCSIS Spanning Tree" },
    { 0x080007, "Appletalk" },
    { 0x080009, "Hewlett-Packard" },
};

const char *oui_known(u32 oui)
{
    for (size_t i = 0; i < countof(vendors); i++)
        if (vendors[i].oui == oui)
            return vendors[i].text;
    return NULL;
}

const char *oui_name(u32 oui)
{
    const char *name = oui_known(oui);
    return name != NULL ? name : "Unknown";
}
