# Completion of snifter in fish. Made by completions/generate from the program's tables.

function __snifter_interfaces
    snifter -D 2>/dev/null | string replace -rf '^\d+\.(\S+).*' '$1'
end

complete -c snifter -f
complete -c snifter -n 'not string match -q -- "-*" (commandline -ct)' -a '
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
complete -c snifter -s 'i' -l interface -x -a '(__snifter_interfaces)' -d 'where to capture: a name, a number of -D, or any; may be repeated'
complete -c snifter -s 'r' -r -F -d 'read packets from a file, - for standard input'
complete -c snifter -s 'D' -l list-interfaces -d 'list the interfaces and stop'
complete -c snifter -s 'p' -l no-promiscuous-mode -d 'do not ask for promiscuous mode'
complete -c snifter -s 'Q' -l direction -x -a 'in out inout' -d 'which packets of an interface'
complete -c snifter -s 's' -l snapshot-length -x -d 'take only so much of each packet'
complete -c snifter -s 'y' -l linktype -x -a 'NULL EN10MB EN3MB AX25 PRONET CHAOS IEEE802 ARCNET SLIP PPP FDDI REDBACK_SMARTEDGE PPP_SERIAL PPP_ETHER SYMANTEC_FIREWALL ATM_RFC1483 RAW SLIP_BSDOS PPP_BSDOS C_HDLC IEEE802_11 ATM_CLIP FRELAY LOOP ENC LINUX_SLL LTALK PFLOG PRISM_HEADER IP_OVER_FC SUNATM IEEE802_11_RADIO ARCNET_LINUX JUNIPER_MLPPP JUNIPER_MLFR JUNIPER_ES JUNIPER_GGSN JUNIPER_MFR JUNIPER_ATM2 JUNIPER_SERVICES JUNIPER_ATM1 APPLE_IP_OVER_IEEE1394 MTP2_WITH_PHDR MTP2 MTP3 SCCP DOCSIS LINUX_IRDA IEEE802_11_RADIO_AVS JUNIPER_MONITOR BACNET_MS_TP PPP_PPPD JUNIPER_PPPOE JUNIPER_PPPOE_ATM GPRS_LLC GPF_T GPF_F JUNIPER_PIC_PEER ERF_ETH ERF_POS LINUX_LAPD JUNIPER_ETHER JUNIPER_PPP JUNIPER_FRELAY JUNIPER_CHDLC MFR JUNIPER_VP A429 A653_ICM USB_FREEBSD BLUETOOTH_HCI_H4 IEEE802_16_MAC_CPS USB_LINUX CAN20B IEEE802_15_4_LINUX PPI IEEE802_16_MAC_CPS_RADIO JUNIPER_ISM IEEE802_15_4 SITA ERF RAIF1 IPMB_KONTRON JUNIPER_ST BLUETOOTH_HCI_H4_WITH_PHDR AX25_KISS IPMB_LINUX IEEE802_15_4_NONASK_PHY LINUX_EVDEV MPLS USB_LINUX_MMAPPED DECT AOS WIHART FC_2 FC_2_WITH_FRAME_DELIMS IPNET CAN_SOCKETCAN IPV4 IPV6 IEEE802_15_4_NOFCS DBUS JUNIPER_VS JUNIPER_SRX_E2E JUNIPER_FIBRECHANNEL DVB_CI MUX27010 STANAG_5066_D_PDU JUNIPER_ATM_CEMIC NFLOG NETANALYZER NETANALYZER_TRANSPARENT IPOIB MPEG_2_TS NG40 NFC_LLCP PFSYNC INFINIBAND SCTP USBPCAP RTAC_SERIAL BLUETOOTH_LE_LL NETLINK BLUETOOTH_LINUX_MONITOR BLUETOOTH_BREDR_BB BLUETOOTH_LE_LL_WITH_PHDR PROFIBUS_DL PKTAP EPON IPMI_HPM_2 ZWAVE_R1_R2 ZWAVE_R3 WATTSTOPPER_DLM ISO_14443 RDS USB_DARWIN OPENFLOW SDLC TI_LLN_SNIFFER VSOCK NORDIC_BLE DOCSIS31_XRA31 ETHERNET_MPACKET DISPLAYPORT_AUX LINUX_SLL2 OPENVIZSLA EBHSCR VPP_DISPATCH DSA_TAG_BRCM DSA_TAG_BRCM_PREPEND IEEE802_15_4_TAP DSA_TAG_DSA DSA_TAG_EDSA ELEE Z_WAVE_SERIAL USB_2_0 ATSC_ALP ETW NETANALYZER_NG ZBOSS_NCP USB_2_0_LOW_SPEED USB_2_0_FULL_SPEED USB_2_0_HIGH_SPEED AUERSWALD_LOG ZWAVE_TAP SILABS_DEBUG_CHANNEL FIRA_UCI MDB DECT_NR' -d 'link type to capture or to compile for, see -L'
complete -c snifter -s 'L' -l list-data-link-types -d 'list the interface\'s link types and stop'
complete -c snifter -s 'V' -r -F -d 'read packets from the files that a file lists'
complete -c snifter -l netns -x -a '(ls /run/netns 2>/dev/null)' -d 'capture in a network namespace: a name, a path or a process; -i that follow are there'
complete -c snifter -s 'B' -l buffer-size -x -d 'capture buffer, in KiB'
complete -c snifter -s 'I' -l monitor-mode -d '802.11 monitor mode'
complete -c snifter -s 'j' -l time-stamp-type -x -a 'host host_lowprec host_hiprec host_hiprec_unsynced adapter adapter_unsynced' -d 'whose clock stamps the packets, see -J'
complete -c snifter -s 'J' -l list-time-stamp-types -d 'list the interface\'s clocks and stop'
complete -c snifter -l immediate-mode -d 'deliver each packet at once'
complete -c snifter -s 'c' -x -d 'stop after so many packets'
complete -c snifter -l skip -x -d 'pass over the first so many packets that match'
complete -c snifter -l count -d 'only count the packets'
complete -c snifter -s 'F' -r -F -d 'read the filter from a file'
complete -c snifter -l stop-after -x -d 'stop after 100p packets, 30s, 5min, 2h, or 10k, 10m, 1g bytes in output files'
complete -c snifter -s 'n' -d 'addresses and ports as numbers'
complete -c snifter -s 'v' -d 'more detail; -vv and -vvv even more'
complete -c snifter -s 'e' -d 'show the link header'
complete -c snifter -s 'A' -d 'packet contents as text; -AA with the link header'
complete -c snifter -s 'X' -d 'packet contents in hexadecimal and as text; -XX with the link header'
complete -c snifter -s 'x' -d 'packet contents in hexadecimal; -xx with the link header'
complete -c snifter -s 't' -d 'no time; -tt seconds since 1970, -ttt since the last packet, -tttt with date, -ttttt since the first'
complete -c snifter -s 'q' -d 'shorter lines; -qq nothing about later fragments'
complete -c snifter -s '#' -l number -d 'number the packets'
complete -c snifter -s 'l' -d 'show each line at once'
complete -c snifter -s 'S' -l absolute-tcp-sequence-numbers -d 'TCP sequence numbers as they are'
complete -c snifter -s 'g' -l ip-oneline -d 'with -v: no line break behind the IP header'
complete -c snifter -s 'N' -d 'host names without their domain'
complete -c snifter -s 'f' -d 'no names for addresses of other networks'
complete -c snifter -s 'T' -x -a 'aodv carp cnfp domain lmp pgm pgm_zmtp1 ptp radius resp rpc rtcp rtp snmp someip tftp vat vxlan wb zmtp1' -d 'take UDP payload for this protocol'
complete -c snifter -s 'b' -d 'BGP AS numbers as high.low'
complete -c snifter -s 'K' -l dont-verify-checksums -d 'do not verify checksums'
complete -c snifter -s 'k' -d 'show comments of packets, from pcapng files'
complete -c snifter -l color -f -a 'auto always never' -d 'colours: on a terminal (auto), always, or never'
complete -c snifter -l lengths -d 'show how many bytes were captured, and of how many'
complete -c snifter -l print-sampling -x -d 'show every n-th packet only; implies --print and -S'
complete -c snifter -s 'H' -d 'look for 802.11s mesh headers'
complete -c snifter -s 'u' -d 'NFS handles undecoded'
complete -c snifter -s 'E' -x -d 'keys of ESP and IKEv2: [spi@address] algorithm:key, or file name'
complete -c snifter -s 'M' -x -d 'shared secret of TCP-MD5 signatures'
complete -c snifter -l nano -d 'time stamps in nanoseconds'
complete -c snifter -l micro -d 'time stamps in microseconds'
complete -c snifter -l time-stamp-precision -x -a 'micro nano' -d 'unit of time stamps'
complete -c snifter -s 'w' -r -F -d 'write packets to a file, - for standard output'
complete -c snifter -s 'U' -l packet-buffered -d 'write each packet at once'
complete -c snifter -s 'C' -x -d 'new output file when larger, in 10^6 bytes, or with k, m, g in 2^10, 2^20, 2^30'
complete -c snifter -s 'G' -x -d 'new output file every so often'
complete -c snifter -s 'W' -x -d 'at most so many output files'
complete -c snifter -s 'z' -x -a '(__fish_complete_command)' -d 'run this with each file that is finished'
complete -c snifter -l print -d 'print in spite of -w'
complete -c snifter -s 'P' -d 'write pcapng instead of pcap, as for names that end in .pcapng'
complete -c snifter -l comment -x -d 'comment of the pcapng file that is written'
complete -c snifter -l max-files -x -d 'keep so many output files, delete the oldest of this run'
complete -c snifter -l max-total -x -d 'keep so many bytes in output files, delete the oldest of this run'
complete -c snifter -s 'd' -d 'show the compiled filter and stop; -dd as C, -ddd as numbers'
complete -c snifter -l explain -f -a 'text json dot' -d 'show what the filter means, how it is compiled and why, and stop'
complete -c snifter -l trace-filter -r -F -d 'show how the filter judges the first packet of a file, or the n-th'
complete -c snifter -s 'O' -l no-optimize -d 'do not optimise the filter'
complete -c snifter -l live -d 'with -d: compile as for a live interface'
complete -c snifter -l filter-dialect -x -a 'pcap plain' -d 'what filters mean: as in libpcap, or plain: VLAN tags and IPv6 extension headers are looked behind'
complete -c snifter -l netmask -x -d 'the network\'s mask, for the filter `ip broadcast`'
complete -c snifter -s 'Z' -l relinquish-privileges -x -a '(__fish_complete_users)' -d 'become this user after opening the interface; root stays root'
complete -c snifter -l no-sandbox -d 'keep the rights to files and system calls'
complete -c snifter -s 'h' -l help -d 'show this'
complete -c snifter -l version -d 'show the version'
