/* IEEE 802.2 service access points and the OUIs that SNAP uses. */
#ifndef BASE_LLC_H
#define BASE_LLC_H

enum llc_sap {
    SAP_NULL = 0x00,
    SAP_GLOBAL = 0xff,
    SAP_8021B_INDIVIDUAL = 0x02,
    SAP_8021B_GROUP = 0x03,
    SAP_SNA = 0x04,
    SAP_IP = 0x06,
    SAP_PROWAY_NM = 0x0e,
    SAP_STP = 0x42,
    SAP_RS511 = 0x4e,
    SAP_ISO8208 = 0x7e,
    SAP_SNAP = 0xaa,
    SAP_PROWAY_ASLM = 0x8e,
    SAP_IPX = 0xe0,
    SAP_NETBIOS = 0xf0,
    SAP_ISONS = 0xfe,
};

enum oui {
    OUI_ENCAP_ETHER = 0x000000,   /* RFC 1042 */
    OUI_CISCO = 0x00000c,
    OUI_IANA = 0x00005e,
    OUI_NORTEL = 0x000081,
    OUI_CISCO_90 = 0x0000f8,
    OUI_RFC2684 = 0x0080c2,       /* IEEE 802.1 */
    OUI_APPLETALK = 0x080007,
    OUI_IEEE_8023_PRIVATE = 0x00120f,
    OUI_TIA = 0x0012bb,
    OUI_DCBX = 0x001b21,
};

/* Protocols of Cisco's OUI. */
enum pid_cisco {
    PID_CISCO_PVST = 0x010b,
    PID_CISCO_VLAN_BRIDGE = 0x010c,
    PID_CISCO_UDLD = 0x0111,
    PID_CISCO_CDP = 0x2000,
    PID_CISCO_VTP = 0x2003,
    PID_CISCO_DTP = 0x2004,
};

/* Bridged frames, RFC 2684, section 5.2. */
enum pid_bridged {
    PID_BRIDGED_ETHERNET_FCS = 0x0001,
    PID_BRIDGED_8024_FCS,
    PID_BRIDGED_TOKEN_RING_FCS,
    PID_BRIDGED_FDDI_FCS,
    PID_BRIDGED_8026_FCS,
    PID_BRIDGED_ETHERNET = 0x0007,
    PID_BRIDGED_8024,
    PID_BRIDGED_TOKEN_RING,
    PID_BRIDGED_FDDI,
    PID_BRIDGED_8026,
    PID_BRIDGED_BPDU = 0x000e,
};

#endif
