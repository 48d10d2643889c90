# Completion of snifter in bash. Made by completions/generate from the program's tables.

_snifter_options='
    -i --interface -r -D --list-interfaces -p --no-promiscuous-mode -Q --direction -s
    --snapshot-length -y --linktype -L --list-data-link-types -V --netns -B --buffer-size -I
    --monitor-mode -j --time-stamp-type -J --list-time-stamp-types --immediate-mode -c --skip
    --count -F --stop-after -n -v -e -A -X -x -t -q -# --number -l -S
    --absolute-tcp-sequence-numbers -g --ip-oneline -N -f -T -b -K --dont-verify-checksums -k
    --color --lengths --print-sampling -H -u -E -M --nano --micro --time-stamp-precision -w -U
    --packet-buffered -C -G -W -z --print -P --comment --max-files --max-total -d --explain
    --trace-filter -O --no-optimize --live --filter-dialect --netmask -Z --relinquish-privileges
    --no-sandbox -h --help --version
'
_snifter_words='
    aarp action addr1 addr2 addr3 addr4 address1 address2 address3 address4 ah and arp atalk bcc
    broadcast byte carp clnp connectmsg csnp decnet dir direction dpc dst es-is esis esp ether fddi
    fisu gateway geneve greater hdpc hfisu hlssu hmsu hopc host hsio hsls icmp icmp-echo
    icmp-echoreply icmp-ireq icmp-ireqreply icmp-maskreply icmp-maskreq icmp-paramprob icmp-redirect
    icmp-routeradvert icmp-routersolicit icmp-sourcequench icmp-timxceed icmp-tstamp
    icmp-tstampreply icmp-unreach icmp6 icmp6-certpathadvert icmp6-certpathsolicit
    icmp6-destinationunreach icmp6-echo icmp6-echoreply icmp6-homeagentdiscoveryreply
    icmp6-homeagentdiscoveryrequest icmp6-ineighbordiscoveryadvert icmp6-ineighbordiscoverysolicit
    icmp6-mobileprefixadvert icmp6-mobileprefixsolicit icmp6-multicastlistenerdone
    icmp6-multicastlistenerquery icmp6-multicastlistenerreportv1 icmp6-multicastlistenerreportv2
    icmp6-multicastrouteradvert icmp6-multicastroutersolicit icmp6-multicastrouterterm
    icmp6-neighboradvert icmp6-neighborsolicit icmp6-nodeinformationquery
    icmp6-nodeinformationresponse icmp6-packettoobig icmp6-parameterproblem icmp6-redirect
    icmp6-routeradvert icmp6-routerrenum icmp6-routersolicit icmp6-timeexceeded icmp6code icmp6type
    icmpcode icmptype ifindex ifname igmp igrp iih ilmic inbound ip ip6 ipx is-is isis iso l1 l2
    lane lat len length less link llc lsp lssu lsu mask metac metaconnect mopdl moprc mpls msu
    multicast net netbeui not oam oamf4 oamf4ec oamf4sc on opc or outbound pim port portrange ppp
    pppoed pppoes proto protochain psnp ra radio rarp reason rnr rset rulenum ruleset sc sca sctp
    sio slip sls snp src srnr stp subrulenum subtype ta tcp tcp-ack tcp-cwr tcp-ece tcp-fin tcp-push
    tcp-rst tcp-syn tcp-urg tcpflags tr type udp vci vlan vpi vrrp vxlan wlan
'
_snifter_link_types='
    NULL EN10MB EN3MB AX25 PRONET CHAOS IEEE802 ARCNET SLIP PPP FDDI REDBACK_SMARTEDGE PPP_SERIAL
    PPP_ETHER SYMANTEC_FIREWALL ATM_RFC1483 RAW SLIP_BSDOS PPP_BSDOS C_HDLC IEEE802_11 ATM_CLIP
    FRELAY LOOP ENC LINUX_SLL LTALK PFLOG PRISM_HEADER IP_OVER_FC SUNATM IEEE802_11_RADIO
    ARCNET_LINUX JUNIPER_MLPPP JUNIPER_MLFR JUNIPER_ES JUNIPER_GGSN JUNIPER_MFR JUNIPER_ATM2
    JUNIPER_SERVICES JUNIPER_ATM1 APPLE_IP_OVER_IEEE1394 MTP2_WITH_PHDR MTP2 MTP3 SCCP DOCSIS
    LINUX_IRDA IEEE802_11_RADIO_AVS JUNIPER_MONITOR BACNET_MS_TP PPP_PPPD JUNIPER_PPPOE
    JUNIPER_PPPOE_ATM GPRS_LLC GPF_T GPF_F JUNIPER_PIC_PEER ERF_ETH ERF_POS LINUX_LAPD JUNIPER_ETHER
    JUNIPER_PPP JUNIPER_FRELAY JUNIPER_CHDLC MFR JUNIPER_VP A429 A653_ICM USB_FREEBSD
    BLUETOOTH_HCI_H4 IEEE802_16_MAC_CPS USB_LINUX CAN20B IEEE802_15_4_LINUX PPI
    IEEE802_16_MAC_CPS_RADIO JUNIPER_ISM IEEE802_15_4 SITA ERF RAIF1 IPMB_KONTRON JUNIPER_ST
    BLUETOOTH_HCI_H4_WITH_PHDR AX25_KISS IPMB_LINUX IEEE802_15_4_NONASK_PHY LINUX_EVDEV MPLS
    USB_LINUX_MMAPPED DECT AOS WIHART FC_2 FC_2_WITH_FRAME_DELIMS IPNET CAN_SOCKETCAN IPV4 IPV6
    IEEE802_15_4_NOFCS DBUS JUNIPER_VS JUNIPER_SRX_E2E JUNIPER_FIBRECHANNEL DVB_CI MUX27010
    STANAG_5066_D_PDU JUNIPER_ATM_CEMIC NFLOG NETANALYZER NETANALYZER_TRANSPARENT IPOIB MPEG_2_TS
    NG40 NFC_LLCP PFSYNC INFINIBAND SCTP USBPCAP RTAC_SERIAL BLUETOOTH_LE_LL NETLINK
    BLUETOOTH_LINUX_MONITOR BLUETOOTH_BREDR_BB BLUETOOTH_LE_LL_WITH_PHDR PROFIBUS_DL PKTAP EPON
    IPMI_HPM_2 ZWAVE_R1_R2 ZWAVE_R3 WATTSTOPPER_DLM ISO_14443 RDS USB_DARWIN OPENFLOW SDLC
    TI_LLN_SNIFFER VSOCK NORDIC_BLE DOCSIS31_XRA31 ETHERNET_MPACKET DISPLAYPORT_AUX LINUX_SLL2
    OPENVIZSLA EBHSCR VPP_DISPATCH DSA_TAG_BRCM DSA_TAG_BRCM_PREPEND IEEE802_15_4_TAP DSA_TAG_DSA
    DSA_TAG_EDSA ELEE Z_WAVE_SERIAL USB_2_0 ATSC_ALP ETW NETANALYZER_NG ZBOSS_NCP USB_2_0_LOW_SPEED
    USB_2_0_FULL_SPEED USB_2_0_HIGH_SPEED AUERSWALD_LOG ZWAVE_TAP SILABS_DEBUG_CHANNEL FIRA_UCI MDB
    DECT_NR
'

# The names that -D lists: "1.eth0 [Up, Running]".
_snifter_interfaces() {
    "$1" -D 2>/dev/null | sed -n 's/^[0-9]*\.\([^ ]*\).*/\1/p'
}

_snifter() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words
    # Bash takes --option=value for three words.
    if [[ $cur == = ]]; then
        cur=
    elif [[ $prev == = && $COMP_CWORD -ge 2 ]]; then
        prev=${COMP_WORDS[COMP_CWORD-2]}
    fi
    case $prev in
    -r|-V|-F|-w|--trace-filter)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        return ;;
    -i|--interface) words="$(_snifter_interfaces "$1")" ;;
    -Q|--direction) words='in out inout' ;;
    -s|--snapshot-length) words='' ;;
    -y|--linktype) words="$_snifter_link_types" ;;
    --netns) words="$(ls /run/netns 2>/dev/null)" ;;
    -B|--buffer-size) words='' ;;
    -j|--time-stamp-type) words='host host_lowprec host_hiprec host_hiprec_unsynced adapter adapter_unsynced' ;;
    -c) words='' ;;
    --skip) words='' ;;
    --stop-after) words='' ;;
    -T) words='aodv carp cnfp domain lmp pgm pgm_zmtp1 ptp radius resp rpc rtcp rtp snmp someip tftp vat vxlan wb zmtp1' ;;
    --color)
        [[ ${COMP_WORDS[COMP_CWORD-1]} == = || ${COMP_WORDS[COMP_CWORD]} == = ]] &&
            words='auto always never' ;;
    --print-sampling) words='' ;;
    -E) words='' ;;
    -M) words='' ;;
    --time-stamp-precision) words='micro nano' ;;
    -C) words='' ;;
    -G) words='' ;;
    -W) words='' ;;
    -z) words="$(compgen -c -- "$cur")" ;;
    --comment) words='' ;;
    --max-files) words='' ;;
    --max-total) words='' ;;
    --explain)
        [[ ${COMP_WORDS[COMP_CWORD-1]} == = || ${COMP_WORDS[COMP_CWORD]} == = ]] &&
            words='text json dot' ;;
    --filter-dialect) words='pcap plain' ;;
    --netmask) words='' ;;
    -Z|--relinquish-privileges) words="$(compgen -u)" ;;
    esac
    if [[ -z ${words+set} ]]; then
        if [[ $cur == -* ]]; then words=$_snifter_options; else words=$_snifter_words; fi
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}
complete -F _snifter snifter
