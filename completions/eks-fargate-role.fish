# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_eks_fargate_role_global_optspecs
    string join \n o/output= q/quiet v/verbose color= h/help V/version
end

function __fish_eks_fargate_role_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_eks_fargate_role_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_eks_fargate_role_using_subcommand
    set -l cmd (__fish_eks_fargate_role_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -s o -l output -d 'Output format' -r -f -a "table\t''
json\t''
yaml\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -l color -d 'Colour the output' -r -f -a "auto\t'On terminals, as `NO_COLOR` and `CLICOLOR_FORCE` say'
always\t''
never\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -s q -l quiet -d 'Print no progress and no notes'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -s v -l verbose -d 'Print each request to AWS'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -s V -l version -d 'Print version'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -f -a "inspect" -d 'List a cluster\'s Fargate profiles, their pod execution roles and the roles\' health'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -f -a "check" -d 'Judge pod execution roles, or a trust policy in a file, and print findings'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -f -a "ensure" -d 'Make the role exist and be right for the cluster; print its ARN'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -f -a "create-profile" -d 'Verify the role, create a Fargate profile with it, and wait until it is ACTIVE'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -f -a "explain" -d 'Say what a check looks for, why, and how to mend what it finds'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand inspect" -s c -l cluster -d 'EKS cluster' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand inspect" -s r -l region -d 'AWS region' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand inspect" -s p -l profile -d 'AWS profile of the configuration files' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand inspect" -l timeout -d 'How long AWS may take: to be read, and until a Fargate profile is ACTIVE' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand inspect" -s o -l output -d 'Output format' -r -f -a "table\t''
json\t''
yaml\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand inspect" -l color -d 'Colour the output' -r -f -a "auto\t'On terminals, as `NO_COLOR` and `CLICOLOR_FORCE` say'
always\t''
never\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand inspect" -s q -l quiet -d 'Print no progress and no notes'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand inspect" -s v -l verbose -d 'Print each request to AWS'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -s c -l cluster -d 'EKS cluster' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -l role -d 'Judge this role instead of those of the cluster\'s profiles; may be repeated' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -l fail-on -d 'Exit with 3 for findings of this severity or worse' -r -f -a "error\t''
warning\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -l trust-policy -d 'Judge the trust policy in this file (- for standard input), asking AWS nothing' -r -F
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -l account -d 'AWS account of the cluster, for --trust-policy' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -l fargate-profile -d 'Fargate profile that the role is for, for --trust-policy [default: any of the cluster]' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -s r -l region -d 'AWS region' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -s p -l profile -d 'AWS profile of the configuration files' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -l timeout -d 'How long AWS may take: to be read, and until a Fargate profile is ACTIVE' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -s o -l output -d 'Output format' -r -f -a "table\t''
json\t''
yaml\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -l color -d 'Colour the output' -r -f -a "auto\t'On terminals, as `NO_COLOR` and `CLICOLOR_FORCE` say'
always\t''
never\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -s q -l quiet -d 'Print no progress and no notes'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -s v -l verbose -d 'Print each request to AWS'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -s c -l cluster -d 'EKS cluster' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -l role-name -d 'Name of the role' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -l role-path -d 'Path of a role that is created; EKS documents / as the only one that works' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -l permissions-boundary -d 'Policy that bounds what the role may do' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -l attach-policy -d 'Policy to attach besides the managed one; may be repeated' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -l tags -d 'Tags of the role' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -l description -d 'Description of the role' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -l logging -d 'Permit the log router to write there' -r -f -a "cloudwatch\t''
firehose\t''
kinesis\t''
opensearch\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -s r -l region -d 'AWS region' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -s p -l profile -d 'AWS profile of the configuration files' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -l timeout -d 'How long AWS may take: to be read, and until a Fargate profile is ACTIVE' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -s o -l output -d 'Output format' -r -f -a "table\t''
json\t''
yaml\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -l color -d 'Colour the output' -r -f -a "auto\t'On terminals, as `NO_COLOR` and `CLICOLOR_FORCE` say'
always\t''
never\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -l force -d 'Change the role even if EC2 nodes use it or CloudFormation manages it, or give it a path'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -s y -l yes -l approve -d 'Do not ask'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -l dry-run -d 'Print the plan, and change nothing'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -s q -l quiet -d 'Print no progress and no notes'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -s v -l verbose -d 'Print each request to AWS'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand ensure" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -s c -l cluster -d 'EKS cluster' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -l name -d 'Name of the Fargate profile' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -l namespace -d 'Namespace of the pods; * and ? are wildcards' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -s l -l labels -d 'Labels of the pods in --namespace' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -l selector -d 'Further selector; may be repeated' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -l subnet-ids -d 'Private subnets [default: those of the cluster]' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -s t -l tags -d 'Tags of the Fargate profile' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -l role -d 'Pod execution role [default: the one that the cluster\'s profiles use, or `AmazonEKSFargatePodExecutionRole`]' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -s r -l region -d 'AWS region' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -s p -l profile -d 'AWS profile of the configuration files' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -l timeout -d 'How long AWS may take: to be read, and until a Fargate profile is ACTIVE' -r
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -s o -l output -d 'Output format' -r -f -a "table\t''
json\t''
yaml\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -l color -d 'Colour the output' -r -f -a "auto\t'On terminals, as `NO_COLOR` and `CLICOLOR_FORCE` say'
always\t''
never\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -l no-wait -d 'Do not wait until the profile is ACTIVE'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -l force -d 'Change the role even if EC2 nodes use it or CloudFormation manages it'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -s y -l yes -l approve -d 'Do not ask'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -l dry-run -d 'Print the plan, and change nothing'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -s q -l quiet -d 'Print no progress and no notes'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -s v -l verbose -d 'Print each request to AWS'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand create-profile" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand explain" -s o -l output -d 'Output format' -r -f -a "table\t''
json\t''
yaml\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand explain" -l color -d 'Colour the output' -r -f -a "auto\t'On terminals, as `NO_COLOR` and `CLICOLOR_FORCE` say'
always\t''
never\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand explain" -s q -l quiet -d 'Print no progress and no notes'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand explain" -s v -l verbose -d 'Print each request to AWS'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand completions" -s o -l output -d 'Output format' -r -f -a "table\t''
json\t''
yaml\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand completions" -l color -d 'Colour the output' -r -f -a "auto\t'On terminals, as `NO_COLOR` and `CLICOLOR_FORCE` say'
always\t''
never\t''"
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand completions" -s q -l quiet -d 'Print no progress and no notes'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand completions" -s v -l verbose -d 'Print each request to AWS'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand help; and not __fish_seen_subcommand_from inspect check ensure create-profile explain completions help" -f -a "inspect" -d 'List a cluster\'s Fargate profiles, their pod execution roles and the roles\' health'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand help; and not __fish_seen_subcommand_from inspect check ensure create-profile explain completions help" -f -a "check" -d 'Judge pod execution roles, or a trust policy in a file, and print findings'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand help; and not __fish_seen_subcommand_from inspect check ensure create-profile explain completions help" -f -a "ensure" -d 'Make the role exist and be right for the cluster; print its ARN'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand help; and not __fish_seen_subcommand_from inspect check ensure create-profile explain completions help" -f -a "create-profile" -d 'Verify the role, create a Fargate profile with it, and wait until it is ACTIVE'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand help; and not __fish_seen_subcommand_from inspect check ensure create-profile explain completions help" -f -a "explain" -d 'Say what a check looks for, why, and how to mend what it finds'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand help; and not __fish_seen_subcommand_from inspect check ensure create-profile explain completions help" -f -a "completions" -d 'Print the completion script of a shell'
complete -c eks-fargate-role -n "__fish_eks_fargate_role_using_subcommand help; and not __fish_seen_subcommand_from inspect check ensure create-profile explain completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
