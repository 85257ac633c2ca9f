
use builtin;
use str;

set edit:completion:arg-completer[eks-fargate-role] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'eks-fargate-role'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'eks-fargate-role'= {
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'Colour the output'
            cand -q 'Print no progress and no notes'
            cand --quiet 'Print no progress and no notes'
            cand -v 'Print each request to AWS'
            cand --verbose 'Print each request to AWS'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand inspect 'List a cluster''s Fargate profiles, their pod execution roles and the roles'' health'
            cand check 'Judge pod execution roles, or a trust policy in a file, and print findings'
            cand ensure 'Make the role exist and be right for the cluster; print its ARN'
            cand create-profile 'Verify the role, create a Fargate profile with it, and wait until it is ACTIVE'
            cand explain 'Say what a check looks for, why, and how to mend what it finds'
            cand completions 'Print the completion script of a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eks-fargate-role;inspect'= {
            cand -c 'EKS cluster'
            cand --cluster 'EKS cluster'
            cand -r 'AWS region'
            cand --region 'AWS region'
            cand -p 'AWS profile of the configuration files'
            cand --profile 'AWS profile of the configuration files'
            cand --timeout 'How long AWS may take: to be read, and until a Fargate profile is ACTIVE'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'Colour the output'
            cand -q 'Print no progress and no notes'
            cand --quiet 'Print no progress and no notes'
            cand -v 'Print each request to AWS'
            cand --verbose 'Print each request to AWS'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eks-fargate-role;check'= {
            cand -c 'EKS cluster'
            cand --cluster 'EKS cluster'
            cand --role 'Judge this role instead of those of the cluster''s profiles; may be repeated'
            cand --fail-on 'Exit with 3 for findings of this severity or worse'
            cand --trust-policy 'Judge the trust policy in this file (- for standard input), asking AWS nothing'
            cand --account 'AWS account of the cluster, for --trust-policy'
            cand --fargate-profile 'Fargate profile that the role is for, for --trust-policy [default: any of the cluster]'
            cand -r 'AWS region'
            cand --region 'AWS region'
            cand -p 'AWS profile of the configuration files'
            cand --profile 'AWS profile of the configuration files'
            cand --timeout 'How long AWS may take: to be read, and until a Fargate profile is ACTIVE'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'Colour the output'
            cand -q 'Print no progress and no notes'
            cand --quiet 'Print no progress and no notes'
            cand -v 'Print each request to AWS'
            cand --verbose 'Print each request to AWS'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eks-fargate-role;ensure'= {
            cand -c 'EKS cluster'
            cand --cluster 'EKS cluster'
            cand --role-name 'Name of the role'
            cand --role-path 'Path of a role that is created; EKS documents / as the only one that works'
            cand --permissions-boundary 'Policy that bounds what the role may do'
            cand --attach-policy 'Policy to attach besides the managed one; may be repeated'
            cand --tags 'Tags of the role'
            cand --description 'Description of the role'
            cand --logging 'Permit the log router to write there'
            cand -r 'AWS region'
            cand --region 'AWS region'
            cand -p 'AWS profile of the configuration files'
            cand --profile 'AWS profile of the configuration files'
            cand --timeout 'How long AWS may take: to be read, and until a Fargate profile is ACTIVE'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'Colour the output'
            cand --force 'Change the role even if EC2 nodes use it or CloudFormation manages it, or give it a path'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --approve 'Do not ask'
            cand --dry-run 'Print the plan, and change nothing'
            cand -q 'Print no progress and no notes'
            cand --quiet 'Print no progress and no notes'
            cand -v 'Print each request to AWS'
            cand --verbose 'Print each request to AWS'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eks-fargate-role;create-profile'= {
            cand -c 'EKS cluster'
            cand --cluster 'EKS cluster'
            cand --name 'Name of the Fargate profile'
            cand --namespace 'Namespace of the pods; * and ? are wildcards'
            cand -l 'Labels of the pods in --namespace'
            cand --labels 'Labels of the pods in --namespace'
            cand --selector 'Further selector; may be repeated'
            cand --subnet-ids 'Private subnets [default: those of the cluster]'
            cand -t 'Tags of the Fargate profile'
            cand --tags 'Tags of the Fargate profile'
            cand --role 'Pod execution role [default: the one that the cluster''s profiles use, or `AmazonEKSFargatePodExecutionRole`]'
            cand -r 'AWS region'
            cand --region 'AWS region'
            cand -p 'AWS profile of the configuration files'
            cand --profile 'AWS profile of the configuration files'
            cand --timeout 'How long AWS may take: to be read, and until a Fargate profile is ACTIVE'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'Colour the output'
            cand --no-wait 'Do not wait until the profile is ACTIVE'
            cand --force 'Change the role even if EC2 nodes use it or CloudFormation manages it'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --approve 'Do not ask'
            cand --dry-run 'Print the plan, and change nothing'
            cand -q 'Print no progress and no notes'
            cand --quiet 'Print no progress and no notes'
            cand -v 'Print each request to AWS'
            cand --verbose 'Print each request to AWS'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eks-fargate-role;explain'= {
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'Colour the output'
            cand -q 'Print no progress and no notes'
            cand --quiet 'Print no progress and no notes'
            cand -v 'Print each request to AWS'
            cand --verbose 'Print each request to AWS'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eks-fargate-role;completions'= {
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'Colour the output'
            cand -q 'Print no progress and no notes'
            cand --quiet 'Print no progress and no notes'
            cand -v 'Print each request to AWS'
            cand --verbose 'Print each request to AWS'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'eks-fargate-role;help'= {
            cand inspect 'List a cluster''s Fargate profiles, their pod execution roles and the roles'' health'
            cand check 'Judge pod execution roles, or a trust policy in a file, and print findings'
            cand ensure 'Make the role exist and be right for the cluster; print its ARN'
            cand create-profile 'Verify the role, create a Fargate profile with it, and wait until it is ACTIVE'
            cand explain 'Say what a check looks for, why, and how to mend what it finds'
            cand completions 'Print the completion script of a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'eks-fargate-role;help;inspect'= {
        }
        &'eks-fargate-role;help;check'= {
        }
        &'eks-fargate-role;help;ensure'= {
        }
        &'eks-fargate-role;help;create-profile'= {
        }
        &'eks-fargate-role;help;explain'= {
        }
        &'eks-fargate-role;help;completions'= {
        }
        &'eks-fargate-role;help;help'= {
        }
    ]
    $completions[$command]
}
