/* IEEE 802.2 service access points and the OUIs that SNAP uses. */
#ifndef BASE_LLC_H
#define BASE_LLC_H

enum llc_sap {
    SAP_NULL = 0x00,
    SAP_GLOBAL = 0xff,
    SAP_8021B_INDIVIDUAL = 0x02,
    SAP_8021B_GROUP = 0x03,
    SAP_IP = 0x06,
    SAP_PROWAY_NM = 0x0e,
    SAP_STP = 0x42,
    SAP_SNAP = 0xaa,
    SAP_PROWAY_ASLM = 0x8e,
    SAP_IPX = 0xe0,
    SAP_NETBIOS = 0xf0,
    SAP_ISONS = 0xfe,
};

enum oui {
    OUI_ENCAP_ETHER = 0x000000,   /* RFC 1042 */
    OUI_CISCO = 0x00000c,
    OUI_NORTEL = 0x000081,
    OUI_CISCO_90 = 0x0000f8,
    OUI_RFC2684 = 0x0080c2,
    OUI_APPLETALK = 0x080007,
    OUI_IEEE_8023_PRIVATE = 0x00120f,
};

#endif
