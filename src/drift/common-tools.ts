/**
 * Programs that a Debian, Alpine or macOS machine has without being asked, which front matter need
 * not declare; what belongs to one of these systems alone (`apt-get`, `systemctl`, `open`) is among
 * them, since a runbook that uses it is for that system.
 *
 * Sources: POSIX.1-2024, Shell & Utilities; the GNU coreutils manual; util-linux, procps, iproute2
 * and systemd by their file lists. Programs that are installed on purpose (git, curl, jq, make) are
 * not among them.
 */
export const commonTools: ReadonlySet<string> = new Set(
  [
    // POSIX and coreutils
    "awk basename bc cal cat chgrp chmod chown cksum cmp comm cp csplit cut date dd df diff diff3 dirname du echo ed egrep env expand expr factor false fgrep file find fmt fold getconf grep groups gzip gunzip head hostid hostname iconv id install join kill ln locale logger logname ls man mkdir mkfifo mktemp more mv nice nl nohup nproc numfmt od paste pathchk pr printenv printf ps pwd readlink realpath renice rm rmdir sed seq sha1sum sha224sum sha256sum sha384sum sha512sum shasum md5sum b2sum base32 base64 basenc shred shuf sleep sort split stat stdbuf strings stty sum sync tac tail tar tee test time timeout touch tput tr true truncate tsort tty uname unexpand uniq unlink users vi wait wc which who whoami xargs xz yes zcat zgrep bzip2 bunzip2 hexdump xxd",
    // shells and what changes the user
    "bash sh dash zsh ksh sudo su doas login chroot runuser setsid less top uptime w watch clear reset script crontab at",
    // Linux: util-linux, procps, iproute2, systemd
    "blkid blockdev dmesg fallocate fdisk findmnt flock free fsck fuser getent getopt halt insmod ionice ip killall last lastlog ldconfig ldd losetup lsblk lscpu lsmod mkfs mkswap modprobe mount mountpoint nsenter parted passwd pgrep pidof pkill pmap poweroff reboot rename resize2fs rmmod route ifconfig netstat shutdown ss swapoff swapon sysctl systemctl journalctl hostnamectl timedatectl loginctl localectl resolvectl systemd-analyze systemd-run service taskset tc tune2fs umount unshare unzip useradd userdel usermod groupadd groupdel groupmod adduser addgroup deluser chage chpasswd visudo update-alternatives update-grub vmstat wall ping ping6 arp",
    // package managers, which bring everything else
    "apt apt-get apt-cache apt-key add-apt-repository dpkg dpkg-query apk dnf yum rpm zypper pacman brew snap",
    // macOS
    "defaults diskutil ditto launchctl open osascript pbcopy pbpaste plutil scutil sw_vers sysadminctl dscacheutil",
    // sourced into the shell by a virtual environment; and the program that runs the runbook
    "deactivate opswright",
  ]
    .join(" ")
    .split(" "),
);
